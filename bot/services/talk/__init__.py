"""Any message of anybody: danger first, then what is open, then what the words may mean."""
