"""In the application: the row itself is the message, so finishing it is the sending, exactly once."""

from tracker.delivery.channels import Message


class InAppChannel:
    """Shown at the bell once its row says sent; subject and text are written in that same transaction."""

    outside = False

    def open(self) -> None:
        """Nothing to reach: the message and its recipient's bell are one database."""

    def send(self, message: Message) -> None:
        """Nothing to hand over: the sender writes the text into the row when it finishes it."""

    def close(self) -> None:
        """Nothing was opened."""
