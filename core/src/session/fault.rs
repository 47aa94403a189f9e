//! Why a login came to nothing.

use citizen_api::Text;

/// What was wrong with a login. Nothing of it is kept; beginning again is always safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInFault {
    /// The person said no on the consent page.
    Declined,
    /// The provider ended the login for a reason of its own.
    ProviderError,
    /// The address that came back belongs to no login, or to an earlier one.
    StrayRedirect,
    /// The answer came from another provider than the one that was asked.
    OtherProvider,
    /// The provider's description of itself is not one that can be trusted.
    ProviderDocument,
    /// The code was not accepted: too old, or used before.
    CodeRefused,
    /// The ID token is not a signed token of this provider.
    Signature,
    /// The ID token was made for another app or another login.
    OtherLogin,
    /// The ID token has ended or lies in the future, by this device's clock.
    Clock,
    /// The ID token and the rest of the answer name different people.
    OtherPerson,
    /// The tokens are not bound to this phone's key, although the provider can bind them.
    Unbound,
    /// The person did not sign in as lately, or in the way, that was asked for.
    TooWeak,
}

impl SignInFault {
    /// A stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::ProviderError => "provider-error",
            Self::StrayRedirect => "stray-redirect",
            Self::OtherProvider => "other-provider",
            Self::ProviderDocument => "provider-document",
            Self::CodeRefused => "code-refused",
            Self::Signature => "signature",
            Self::OtherLogin => "other-login",
            Self::Clock => "clock",
            Self::OtherPerson => "other-person",
            Self::Unbound => "unbound",
            Self::TooWeak => "too-weak",
        }
    }

    /// What is wrong and what to do.
    pub fn text(self) -> Text {
        match self {
            Self::Declined => Text::new(
                "您没有同意登录，所以没有登录。需要时可以重新登录。",
                "You did not agree to sign in, so you are not signed in. You can sign in again whenever you like.",
            ),
            Self::ProviderError => Text::new(
                "登录页面没有完成这次登录。请过一会儿重新登录。",
                "The sign-in page did not finish this sign-in. Please sign in again in a little while.",
            ),
            Self::StrayRedirect => Text::new(
                "这个登录结果不是刚才那次登录的。请从头重新登录。",
                "This answer does not belong to the sign-in you just began. Please sign in again from the start.",
            ),
            Self::OtherProvider => Text::new(
                "登录结果来自另一个网站，没有接受。请确认城市地址后重新登录。",
                "The answer came from another site and was not accepted. Check the city's address and sign in again.",
            ),
            Self::ProviderDocument => Text::new(
                "这个地址没有可以信任的登录服务。请确认城市地址后重试。",
                "There is no sign-in service at this address that can be trusted. Check the city's address and try again.",
            ),
            Self::CodeRefused => Text::new(
                "这次登录已经失效。请重新登录。",
                "This sign-in is no longer valid. Please sign in again.",
            ),
            Self::Signature => Text::new(
                "登录结果的签名不对，没有接受。请换一个可信的网络后重新登录。",
                "The answer to the sign-in is not signed as it should be and was not accepted. Use a network you trust and sign in again.",
            ),
            Self::OtherLogin => Text::new(
                "登录结果不是给这次登录的，没有接受。请重新登录。",
                "The answer was made for another sign-in and was not accepted. Please sign in again.",
            ),
            Self::Clock => Text::new(
                "登录结果的时间与本机时间对不上。请把手机时间设为自动，再重新登录。",
                "The time of the sign-in does not fit this device's clock. Set the clock to automatic and sign in again.",
            ),
            Self::OtherPerson => Text::new(
                "登录结果里的人前后不一致，没有接受。请重新登录。",
                "The answer names two different people and was not accepted. Please sign in again.",
            ),
            Self::Unbound => Text::new(
                "登录结果没有绑定到这台手机，可能被别人冒用，没有接受。请换一个可信的网络后重新登录。",
                "The answer to the sign-in is not bound to this phone, so others could use it; it was not accepted. Use a network you trust and sign in again.",
            ),
            Self::TooWeak => Text::new(
                "这一步需要您本人刚刚完成的登录。请重新登录，并按页面的提示验证。",
                "This step needs a sign-in that you have just made yourself. Sign in again and follow the page.",
            ),
        }
    }

    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Declined,
        Self::ProviderError,
        Self::StrayRedirect,
        Self::OtherProvider,
        Self::ProviderDocument,
        Self::CodeRefused,
        Self::Signature,
        Self::OtherLogin,
        Self::Clock,
        Self::OtherPerson,
        Self::Unbound,
        Self::TooWeak,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::SignInFault;

    #[test]
    fn every_fault_has_words_of_its_own_in_both_languages() {
        let mut said = HashSet::new();
        for fault in SignInFault::ALL {
            let text = fault.text();
            assert!(text.zh.ends_with('。') && text.en.ends_with('.'), "{fault:?}");
            assert!(said.insert(fault.code().to_owned()) && said.insert(text.zh) && said.insert(text.en));
        }
    }
}
