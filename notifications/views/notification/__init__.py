"""Pages of the notification: its pack, its sending, whom it was told to, the dialogue with the Panel."""
