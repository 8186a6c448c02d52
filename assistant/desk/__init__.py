"""The e-mail desk: accounts, the queue of messages, drafts edited and read twice, audit, memory. Nothing of HTTP."""
