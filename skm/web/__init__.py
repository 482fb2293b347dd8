"""The pages: the survey on a phone, the JSON door for tablets, the landing page."""
