"""The ledger: everything read is kept, once, and adds up to claims."""
