"""Who did what when: lines written in the transaction of the deed, never changed."""
