"""Walks every flow with Ory's own client for Python against each mock of ORY_MOCKS."""

import json
import os
import re

from ory_client import ApiClient, ApiException, Configuration, CourierApi, FrontendApi
from ory_client.models import (
    PerformNativeLogoutBody,
    UpdateLoginFlowBody,
    UpdateLoginFlowWithPasswordMethod,
    UpdateRecoveryFlowBody,
    UpdateRecoveryFlowWithCodeMethod,
    UpdateRegistrationFlowBody,
    UpdateRegistrationFlowWithPasswordMethod,
    UpdateSettingsFlowBody,
    UpdateSettingsFlowWithPasswordMethod,
    UpdateSettingsFlowWithProfileMethod,
    UpdateVerificationFlowBody,
    UpdateVerificationFlowWithCodeMethod,
)

PASSWORD = "correct horse battery staple"


def client(url, keeps_cookies=False):
    """A client; one that keeps cookies is as a browser is."""
    api = ApiClient(Configuration(host=url))
    if not keeps_cookies:
        return api
    cookies = {}
    send = api.rest_client.pool_manager.request

    def request(method, url, headers=None, **others):
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        response = send(method, url, headers={**headers, **({"Cookie": cookie} if cookie else {})}, **others)
        for line in response.headers.getlist("set-cookie"):
            name, value = line.split(";")[0].split("=", 1)
            cookies.pop(name, None) if "Max-Age=0" in line else cookies.update({name: value})
        return response

    api.rest_client.pool_manager.request = request
    return api


def refused(status, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ApiException as error:
        assert error.status == status, f"{error.status} {error.body}"
        return json.loads(error.body)
    raise AssertionError(f"{call.__name__} was not refused")


def csrf(flow):
    nodes = [node.attributes.actual_instance for node in flow.ui.nodes]
    return next((node.value for node in nodes if getattr(node, "name", "") == "csrf_token"), None)


class Walk:
    """One kind of client walks; its flows begin at `…/api` or at `…/browser`."""

    def __init__(self, mock, kind):
        self.front = FrontendApi(client(mock["public"], kind == "browser"))
        self.courier = CourierApi(client(mock["admin"]))
        self.kind = kind
        self.email = f"{kind}@example.test"
        self.token = None

    def begin(self, name):
        begun = getattr(self.front, f"create_{self.kind}_{name}_flow")(**self.session(name == "settings"))
        return getattr(self.front, f"get_{name}_flow")(str(begun.id), **self.session(name == "settings"))

    def session(self, wanted=True):
        return {"x_session_token": self.token} if wanted and self.kind == "native" else {}

    def code(self):
        return re.search(r"\b\d{6}\b", self.courier.list_courier_messages(recipient=self.email)[0].body)[0]

    def sign_up(self):
        flow = self.begin("registration")
        method = UpdateRegistrationFlowWithPasswordMethod(
            method="password", password=PASSWORD, traits={"email": self.email}, csrf_token=csrf(flow)
        )
        done = self.front.update_registration_flow(str(flow.id), UpdateRegistrationFlowBody(method))
        assert done.identity.traits["email"] == self.email
        self.token = done.session_token

    def sign_in(self, password):
        flow = self.begin("login")

        def submit(given):
            method = UpdateLoginFlowWithPasswordMethod(
                method="password", identifier=self.email, password=given, csrf_token=csrf(flow)
            )
            return self.front.update_login_flow(str(flow.id), UpdateLoginFlowBody(method))

        assert refused(400, submit, "wrong")["ui"]["messages"][0]["id"] == 4000006
        done = submit(password)
        self.token = done.session_token
        assert self.front.to_session(**self.session()).id == done.session.id

    def sign_out(self):
        if self.kind == "native":
            self.front.perform_native_logout(PerformNativeLogoutBody(session_token=self.token))
        else:
            self.front.update_logout_flow(token=self.front.create_browser_logout_flow().logout_token)
        refused(401, self.front.to_session, **self.session())

    def change(self):
        flow = self.begin("settings")
        for method in (
            UpdateSettingsFlowWithProfileMethod(method="profile", traits={"email": self.email}, csrf_token=csrf(flow)),
            UpdateSettingsFlowWithPasswordMethod(method="password", password=PASSWORD[::-1], csrf_token=csrf(flow)),
        ):
            body = UpdateSettingsFlowBody(method)
            assert self.front.update_settings_flow(str(flow.id), body, **self.session()).state == "success"

    def verify(self):
        flow = self.begin("verification")

        def submit(**fields):
            method = UpdateVerificationFlowWithCodeMethod(method="code", csrf_token=csrf(flow), **fields)
            return self.front.update_verification_flow(str(flow.id), UpdateVerificationFlowBody(method))

        assert submit(email=self.email).state == "sent_email"
        assert submit(code=self.code()).state == "passed_challenge"

    def recover(self):
        flow = self.begin("recovery")

        def submit(**fields):
            method = UpdateRecoveryFlowWithCodeMethod(method="code", csrf_token=csrf(flow), **fields)
            return self.front.update_recovery_flow(str(flow.id), UpdateRecoveryFlowBody(method))

        assert submit(email=self.email).state == "sent_email"
        assert "/settings?flow=" in refused(422, submit, code=self.code())["redirect_browser_to"]


for mock in json.loads(os.environ["ORY_MOCKS"]):
    for kind in ("native", "browser"):
        walk = Walk(mock, kind)
        walk.sign_up()
        walk.sign_out()
        walk.sign_in(PASSWORD)
        walk.verify()
        walk.change()
        walk.sign_out()
        walk.sign_in(PASSWORD[::-1])
        walk.sign_out()
        walk.recover()
        print(f"{mock['name']}, {kind}")
