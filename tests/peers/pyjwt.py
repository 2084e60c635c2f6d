"""A service that verifies tokens offline with PyJWT, by the keys that the issuer publishes.

Settings: {"jwks", "issuer", "tokens": [{"token", "audience"}]}. Prints for each its claims, or the error's name.
"""

import json
import sys

import jwt

settings = json.loads(sys.argv[1])
keys = jwt.PyJWKClient(settings["jwks"])


def verify(token, audience):
    try:
        key = keys.get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key,
            algorithms=["EdDSA"],
            audience=audience,
            issuer=settings["issuer"],
            options={"require": ["exp", "iat", "sub"]},
        )
        return {"claims": claims, "header": jwt.get_unverified_header(token)}
    except jwt.PyJWTError as error:
        return {"error": type(error).__name__}


print(json.dumps([verify(**one) for one in settings["tokens"]]))
