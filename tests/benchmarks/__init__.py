"""Turn the seeds into a large edition and each stage's work on it into documents a second and peak memory."""
