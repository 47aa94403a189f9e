//! What can be agreed to.

use citizen_api::Text;

/// A purpose that a person's data serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Talking with the city: signing in, filing, fetching what it answers. Without it the app works alone.
    City,
    /// Asking registers ahead, so that forms are filled in where there is no network.
    RegistersAhead,
}

/// A purpose in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeView {
    /// The purpose.
    pub purpose: Purpose,
    /// The version of what is said here. Another text is another version, and is agreed to anew.
    pub version: u32,
    /// What it is called.
    pub title: Text,
    /// What is sent, to whom, what for, and for how long it is kept.
    pub explanation: Text,
    /// What does not work without it.
    pub without: Text,
    /// Whether the app can do nothing with the city without it.
    pub needed: bool,
}

impl Purpose {
    /// Every purpose, in the order they are asked for.
    pub const ALL: [Self; 2] = [Self::City, Self::RegistersAhead];

    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::RegistersAhead => "registers-ahead",
        }
    }

    /// The purpose of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    /// The version of its words that counts.
    pub(crate) fn version(self) -> u32 {
        1
    }

    /// In words.
    pub fn view(self) -> PurposeView {
        let (title, explanation, without) = match self {
            Self::City => (
                Text::new("和城市的政务服务通信", "Talking with the city's services"),
                Text::new(
                    "您登录、提交申请、上传材料、查询进度时，应用会把您填写的内容和这台设备的编号发给您的城市，只用来办您要办的事。不发给别人，不做统计和广告。交上去的由城市依法保存；手机里的随时可以删除。",
                    "When you sign in, file, upload papers or look how far things are, the app sends your city what you filled in and the number of this device, to do what you asked for and nothing else. Nobody else gets it, and it serves no statistics or advertising. The city keeps what you filed as the law says; what is on the phone you can delete at any time.",
                ),
                Text::new(
                    "不同意也可以看事项、填草稿，但不能登录、提交和查询。",
                    "Without it you can read about services and write drafts, but not sign in, file or look anything up.",
                ),
            ),
            Self::RegistersAhead => (
                Text::new("提前查好登记信息", "Asking registers ahead"),
                Text::new(
                    "应用每周向城市的登记部门查一次您的基本信息（如电话、住址、医保账户），加密存在手机里，这样没有网络时也能自动填表。每次查询在城市都有记录，您可以查看。",
                    "Once a week the app asks the city's registers for your basic data (such as telephone, address, insurance account) and keeps them sealed on the phone, so that forms are filled in even without a network. Each reading is logged at the city, and you can see the log.",
                ),
                Text::new(
                    "不同意的话，没有网络时要自己填；有网络时打开表单再查。",
                    "Without it you fill these in yourself where there is no network; with one they are asked for when you open a form.",
                ),
            ),
        };
        let needed = self == Self::City;
        PurposeView { purpose: self, version: self.version(), title, explanation, without, needed }
    }
}
