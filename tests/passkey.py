"""A passkey as a browser registers it, made without a browser."""

import hashlib
import json

from allauth.mfa.models import Authenticator
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData


def register(user, name="Laptop"):
    data = {"name": name, "credential": _credential(b"credential-of-" + name.encode())}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def _credential(key_id):
    point = hashlib.sha256(key_id).digest()
    public_key = ES256({1: 2, 3: -7, -1: 1, -2: point, -3: point})
    attested = AttestedCredentialData.create(Aaguid.NONE, key_id, public_key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    told = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, attested)
    said = json.dumps({"type": "webauthn.create", "challenge": "Y2hhbGxlbmdl", "origin": "http://testserver"}).encode()
    answer = {
        "clientDataJSON": websafe_encode(said),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
    }
    return {"id": websafe_encode(key_id), "rawId": websafe_encode(key_id), "type": "public-key", "response": answer}
