"""Turn files in `seeds/` into captures: text that never changes, with what its format says of each part."""
