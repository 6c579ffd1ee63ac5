# Placeholder list, filled by the packaging work: install rules and the package config.
