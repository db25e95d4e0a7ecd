"""Weekly contact of parents far away: joining, asking, three voices, the ladder of silence."""
