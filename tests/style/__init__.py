"""Turn the project's style into rules: functions from a file to what offends in it, run by `test_house_style.py`."""
