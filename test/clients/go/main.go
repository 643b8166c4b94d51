// Walks every flow with Ory's own client for Go against each mock of ORY_MOCKS.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"regexp"
	"strings"

	ory "github.com/ory/client-go"
)

const (
	password = "correct horse battery staple"
	another  = "another correct horse"
)

var (
	ctx    = context.Background()
	digits = regexp.MustCompile(`\b\d{6}\b`)
)

func client(url string, jar http.CookieJar) *ory.APIClient {
	config := ory.NewConfiguration()
	config.Servers = ory.ServerConfigurations{{URL: url}}
	config.HTTPClient = &http.Client{Jar: jar}
	return ory.NewAPIClient(config)
}

// must gives what a call answered.
func must[T any](answer T, response *http.Response, err error) T {
	if err != nil {
		body := ""
		if failed, ok := err.(*ory.GenericOpenAPIError); ok {
			body = string(failed.Body())
		}
		panic(fmt.Sprint(err, " ", body))
	}
	return answer
}

// refused gives the body of an answer that has a status.
func refused[T any](status int, _ T, response *http.Response, err error) string {
	failed, ok := err.(*ory.GenericOpenAPIError)
	if !ok || response.StatusCode != status {
		panic(fmt.Sprint("want status ", status, ", not ", response, err))
	}
	return string(failed.Body())
}

func want(ok bool, what string) {
	if !ok {
		panic(what)
	}
}

// csrf is the token that a form holds.
func csrf(ui ory.UiContainer) *string {
	for _, node := range ui.Nodes {
		if input := node.Attributes.UiNodeInputAttributes; input != nil && input.Name == "csrf_token" {
			token, _ := input.Value.(string)
			return &token
		}
	}
	return nil
}

// A walk is of a native application or of a browser, as its flows begin.
type walk struct {
	front   ory.FrontendAPI
	courier ory.CourierAPI
	native  bool
	email   string
	token   string
}

func (w *walk) code() string {
	messages := must(w.courier.ListCourierMessages(ctx).Recipient(w.email).Execute())
	return digits.FindString(messages[0].Body)
}

func (w *walk) signUp() {
	begun := func() *ory.RegistrationFlow {
		if w.native {
			return must(w.front.CreateNativeRegistrationFlow(ctx).Execute())
		}
		return must(w.front.CreateBrowserRegistrationFlow(ctx).Execute())
	}()
	flow := must(w.front.GetRegistrationFlow(ctx).Id(begun.Id).Execute())
	method := ory.UpdateRegistrationFlowWithPasswordMethod{
		Method: "password", Password: password, Traits: map[string]any{"email": w.email}, CsrfToken: csrf(flow.Ui),
	}
	body := ory.UpdateRegistrationFlowWithPasswordMethodAsUpdateRegistrationFlowBody(&method)
	done := must(w.front.UpdateRegistrationFlow(ctx).Flow(flow.Id).UpdateRegistrationFlowBody(body).Execute())
	w.token = done.GetSessionToken()
}

func (w *walk) signIn(given string) {
	begun := func() *ory.LoginFlow {
		if w.native {
			return must(w.front.CreateNativeLoginFlow(ctx).Execute())
		}
		return must(w.front.CreateBrowserLoginFlow(ctx).Execute())
	}()
	flow := must(w.front.GetLoginFlow(ctx).Id(begun.Id).Execute())
	submit := func(given string) (*ory.SuccessfulNativeLogin, *http.Response, error) {
		method := ory.UpdateLoginFlowWithPasswordMethod{
			Method: "password", Identifier: w.email, Password: given, CsrfToken: csrf(flow.Ui),
		}
		body := ory.UpdateLoginFlowWithPasswordMethodAsUpdateLoginFlowBody(&method)
		return w.front.UpdateLoginFlow(ctx).Flow(flow.Id).UpdateLoginFlowBody(body).Execute()
	}
	_, response, err := submit("wrong")
	want(strings.Contains(refused(400, flow, response, err), "4000006"), "the form says what is wrong")
	done := must(submit(given))
	w.token = done.GetSessionToken()
	want(must(w.front.ToSession(ctx).XSessionToken(w.token).Execute()).Id == done.Session.Id, "whoami shows the session")
}

func (w *walk) signOut() {
	if w.native {
		body := ory.PerformNativeLogoutBody{SessionToken: w.token}
		if response, err := w.front.PerformNativeLogout(ctx).PerformNativeLogoutBody(body).Execute(); err != nil {
			panic(fmt.Sprint(response, err))
		}
	} else {
		logout := must(w.front.CreateBrowserLogoutFlow(ctx).Execute())
		if response, err := w.front.UpdateLogoutFlow(ctx).Token(logout.LogoutToken).Execute(); err != nil {
			panic(fmt.Sprint(response, err))
		}
	}
	session, response, err := w.front.ToSession(ctx).XSessionToken(w.token).Execute()
	refused(401, session, response, err)
}

func (w *walk) verify() {
	begun := func() *ory.VerificationFlow {
		if w.native {
			return must(w.front.CreateNativeVerificationFlow(ctx).Execute())
		}
		return must(w.front.CreateBrowserVerificationFlow(ctx).Execute())
	}()
	flow := must(w.front.GetVerificationFlow(ctx).Id(begun.Id).Execute())
	submit := func(method ory.UpdateVerificationFlowWithCodeMethod) string {
		method.Method, method.CsrfToken = "code", csrf(flow.Ui)
		body := ory.UpdateVerificationFlowWithCodeMethodAsUpdateVerificationFlowBody(&method)
		update := w.front.UpdateVerificationFlow(ctx).Flow(flow.Id).UpdateVerificationFlowBody(body)
		return fmt.Sprint(must(update.Execute()).State)
	}
	want(submit(ory.UpdateVerificationFlowWithCodeMethod{Email: &w.email}) == "sent_email", "a code is sent")
	code := w.code()
	want(submit(ory.UpdateVerificationFlowWithCodeMethod{Code: &code}) == "passed_challenge", "the code verifies")
}

func (w *walk) change() {
	begun := func() *ory.SettingsFlow {
		if w.native {
			return must(w.front.CreateNativeSettingsFlow(ctx).XSessionToken(w.token).Execute())
		}
		return must(w.front.CreateBrowserSettingsFlow(ctx).Execute())
	}()
	flow := must(w.front.GetSettingsFlow(ctx).Id(begun.Id).XSessionToken(w.token).Execute())
	traits := map[string]any{"email": w.email}
	profile := ory.UpdateSettingsFlowWithProfileMethod{Method: "profile", Traits: traits, CsrfToken: csrf(flow.Ui)}
	secret := ory.UpdateSettingsFlowWithPasswordMethod{Method: "password", Password: another, CsrfToken: csrf(flow.Ui)}
	for _, body := range []ory.UpdateSettingsFlowBody{
		ory.UpdateSettingsFlowWithProfileMethodAsUpdateSettingsFlowBody(&profile),
		ory.UpdateSettingsFlowWithPasswordMethodAsUpdateSettingsFlowBody(&secret),
	} {
		update := w.front.UpdateSettingsFlow(ctx).Flow(flow.Id).XSessionToken(w.token).UpdateSettingsFlowBody(body)
		want(must(update.Execute()).State == "success", "the change is saved")
	}
}

func (w *walk) recover() {
	begun := func() *ory.RecoveryFlow {
		if w.native {
			return must(w.front.CreateNativeRecoveryFlow(ctx).Execute())
		}
		return must(w.front.CreateBrowserRecoveryFlow(ctx).Execute())
	}()
	flow := must(w.front.GetRecoveryFlow(ctx).Id(begun.Id).Execute())
	submit := func(method ory.UpdateRecoveryFlowWithCodeMethod) (*ory.RecoveryFlow, *http.Response, error) {
		method.Method, method.CsrfToken = "code", csrf(flow.Ui)
		body := ory.UpdateRecoveryFlowWithCodeMethodAsUpdateRecoveryFlowBody(&method)
		return w.front.UpdateRecoveryFlow(ctx).Flow(flow.Id).UpdateRecoveryFlowBody(body).Execute()
	}
	want(must(submit(ory.UpdateRecoveryFlowWithCodeMethod{Email: &w.email})).State == "sent_email", "a code is sent")
	code := w.code()
	_, response, err := submit(ory.UpdateRecoveryFlowWithCodeMethod{Code: &code})
	want(strings.Contains(refused(422, flow, response, err), "/settings?flow="), "the settings come next")
}

func main() {
	var mocks []struct{ Name, Admin, Public string }
	if err := json.Unmarshal([]byte(os.Getenv("ORY_MOCKS")), &mocks); err != nil {
		panic(err)
	}
	for _, mock := range mocks {
		for _, kind := range []string{"native", "browser"} {
			var jar http.CookieJar
			if kind == "browser" {
				jar, _ = cookiejar.New(nil)
			}
			w := walk{
				front:   client(mock.Public, jar).FrontendAPI,
				courier: client(mock.Admin, nil).CourierAPI,
				native:  kind == "native",
				email:   kind + "@example.test",
			}
			w.signUp()
			w.signOut()
			w.signIn(password)
			w.verify()
			w.change()
			w.signOut()
			w.signIn(another)
			w.signOut()
			w.recover()
			fmt.Printf("%s, %s\n", mock.Name, kind)
		}
	}
}
