"""The planning officer's pages: the plan of each year, its checks, and its report.

Everything behind them is what the commands ``lkip`` do; nothing is computed here. All of the
pages are for the roles perencana and admin.
"""

from __future__ import annotations
