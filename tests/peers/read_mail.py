"""Reads a mail as another program does: Python's own parser. Prints its headers and its parts."""

import email
import email.policy
import json
import sys

message = email.message_from_string(json.loads(sys.argv[1])["message"], policy=email.policy.default)
print(json.dumps({
    "headers": {name.lower(): str(value) for name, value in message.items()},
    "date": message["date"].datetime.isoformat(),
    "defects": [str(defect) for defect in message.defects],
    "type": message.get_content_type(),
    "parts": [{"type": part.get_content_type(), "text": part.get_content()} for part in message.iter_parts()],
}))
