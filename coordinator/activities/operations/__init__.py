"""The verbs: activities, their partners, their tasks."""
