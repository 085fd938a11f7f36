"""Named reads: activities, a window as it stands, the public programme."""
