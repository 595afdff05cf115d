"""${message}."""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Brings a ledger of the version before to this one."""
    ${upgrades if upgrades else "pass"}
