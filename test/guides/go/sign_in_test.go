// #region go-sign-in
package sessions

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// ask sends JSON as an application without a browser does.
func ask(t *testing.T, method, url, token, body string, answer any) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Content-Type": {"application/json"}, "X-Session-Token": {token}}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		t.Fatal(err)
	}
}

type whoami struct{ Identity struct{ ID string } }

func TestSignInAtOnce(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	var signedIn struct{ Token string }
	ask(t, "POST", p.URL+"/_mock/sign-in", "", `{"identity":"`+ada+`"}`, &signedIn)
	var session whoami
	ask(t, "GET", p.URL+"/sessions/whoami", signedIn.Token, "", &session)
	if session.Identity.ID != ada {
		t.Errorf("%s is signed in, want %s", session.Identity.ID, ada)
	}
}

func TestSignUpThroughAFlow(t *testing.T) {
	t.Parallel()
	p := newProject(t)
	var flow struct{ UI struct{ Action string } }
	ask(t, "GET", p.URL+"/self-service/registration/api", "", "", &flow)
	var signedUp struct {
		Token    string `json:"session_token"`
		Identity struct{ ID string }
	}
	form := `{"method":"password","password":"horse battery","traits":{"email":"bo@example.com"}}`
	ask(t, "POST", flow.UI.Action, "", form, &signedUp)
	var session whoami
	ask(t, "GET", p.URL+"/sessions/whoami", signedUp.Token, "", &session)
	if session.Identity.ID != signedUp.Identity.ID {
		t.Errorf("%s is signed in, want %s", session.Identity.ID, signedUp.Identity.ID)
	}
}

// #endregion
