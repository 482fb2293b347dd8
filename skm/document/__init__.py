"""One model of a document, and its writers to DOCX, PDF and HTML.

The words and numbers of a document stand in the model alone (``blocks``, put together by
``builder`` from the keyed texts of ``wording``, every number entered in a ``register``).
The writers ``docx``, ``pdf`` and ``html`` only give it a page.
"""
