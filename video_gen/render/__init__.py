"""Time, picture over time, sound track and the finished file."""
