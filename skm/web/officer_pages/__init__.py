"""The officers' pages: what is done about answers, periods, results, forms, tablets and users."""
