# #region python-sign-in
import json
import os
import re
import unittest
from urllib.request import Request, urlopen

ADA = "9f425a8d-7efc-4768-8f23-7647a74fdf13"


def call(method, url, body=None, token=""):
    headers = {"Accept": "application/json", "Content-Type": "application/json", "X-Session-Token": token}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, headers, method=method)) as response:
        text = response.read()
    return json.loads(text) if text else None


class SignInTest(unittest.TestCase):
    def setUp(self):
        mock = os.environ["ORY_MOCK_URL"]
        project = call("POST", f"{mock}/_mock/projects")
        self.ory = project["url"]
        self.addCleanup(call, "DELETE", f"{mock}/_mock/projects/{project['name']}")

    def test_at_once(self):
        token = call("POST", f"{self.ory}/_mock/sign-in", {"identity": ADA})["token"]
        self.assertEqual(call("GET", f"{self.ory}/sessions/whoami", token=token)["identity"]["id"], ADA)

    def test_through_a_flow(self):
        flow = call("GET", f"{self.ory}/self-service/verification/api")
        call("POST", flow["ui"]["action"], {"method": "code", "email": "ada@example.com"})
        message = call("GET", f"{self.ory}/admin/courier/messages")[0]
        code = re.search(r"\b\d{6}\b", message["body"])[0]
        done = call("POST", flow["ui"]["action"], {"method": "code", "code": code})
        self.assertEqual(done["state"], "passed_challenge")


if __name__ == "__main__":
    unittest.main()
# #endregion
