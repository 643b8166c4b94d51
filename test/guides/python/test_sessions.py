# #region python
import json
import os
import unittest
from urllib.request import Request, urlopen

ADA = "9f425a8d-7efc-4768-8f23-7647a74fdf13"


def call(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, method=method)) as response:
        text = response.read()
    return json.loads(text) if text else None


class SessionsTest(unittest.TestCase):
    def setUp(self):
        mock = os.environ["ORY_MOCK_URL"]
        self.project = call("POST", f"{mock}/_mock/projects")
        self.ory = self.project["url"]
        self.addCleanup(call, "DELETE", f"{mock}/_mock/projects/{self.project['name']}")
        self.addCleanup(call, "POST", f"{self.ory}/_mock/faults/verify")

    def active(self):
        return call("GET", f"{self.ory}/admin/identities/{ADA}/sessions?active=true")

    def test_sessions_expire(self):
        self.assertEqual(len(self.active()), 2)
        call("POST", f"{self.ory}/_mock/clock/advance", {"by": "11m"})
        self.assertEqual(len(self.active()), 1)

    def test_a_busy_server(self):
        call("POST", f"{self.ory}/_mock/faults", {"when": {"times": 1}, "effect": {"status": 503}})
        with self.assertRaisesRegex(OSError, "503"):
            self.active()
        self.assertEqual(len(self.active()), 2)


if __name__ == "__main__":
    unittest.main()
# #endregion
