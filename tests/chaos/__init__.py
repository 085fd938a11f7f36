"""Real worker processes are killed, frozen and stopped while a faulty mail server takes letters."""
