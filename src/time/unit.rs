//! Units of time and the TIMEX3 durations counted in them.
//!
//! The numbers are those of `assets/time/en.words`.

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Season,
    HalfYear,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// By the number the tables use.
    pub(super) const fn from_number(number: i32) -> Option<Self> {
        Some(match number {
            0 => Self::Second,
            1 => Self::Minute,
            2 => Self::Hour,
            3 => Self::Day,
            4 => Self::Week,
            5 => Self::Weekend,
            6 => Self::Month,
            7 => Self::Quarter,
            8 => Self::Season,
            9 => Self::Year,
            10 => Self::Decade,
            11 => Self::Century,
            12 => Self::Millennium,
            13 => Self::HalfYear,
            14 => Self::Night,
            15 => Self::Fortnight,
            _ => return None,
        })
    }

    /// The letters TIMEX3 durations use, with the `T` of units below a day, and how many of them one unit is.
    pub(super) const fn letters(self) -> (&'static str, &'static str, i32) {
        match self {
            Self::Second => ("T", "S", 1),
            Self::Minute => ("T", "M", 1),
            Self::Hour => ("T", "H", 1),
            Self::Day | Self::Night => ("", "D", 1),
            Self::Week => ("", "W", 1),
            Self::Fortnight => ("", "W", 2),
            Self::Weekend => ("", "WE", 1),
            Self::Month => ("", "M", 1),
            Self::Quarter => ("", "Q", 1),
            Self::Season => ("", "S", 1),
            Self::HalfYear => ("", "M", 6),
            Self::Year => ("", "Y", 1),
            Self::Decade => ("", "Y", 10),
            Self::Century => ("", "Y", 100),
            Self::Millennium => ("", "Y", 1000),
        }
    }

    /// The value of so many of them: `P3D`, `PT24H`, `PXM`; hundredths or none for several.
    pub(super) fn duration(self, hundredths: Option<i32>) -> String {
        let (time, letter, each) = self.letters();
        let Some(hundredths) = hundredths else {
            let letter = match self {
                Self::Decade => "DE",
                Self::Century => "CE",
                Self::Millennium => "ML",
                _ => letter,
            };
            return format!("P{time}X{letter}");
        };
        if self == Self::Hour && hundredths % 100 != 0 {
            return format!("PT{}M", hundredths.saturating_mul(60) / 100);
        }
        if self == Self::Year && hundredths == 50 {
            return "P6M".to_owned();
        }
        let total = i64::from(hundredths) * i64::from(each);
        let (whole, part) = (total / 100, total % 100);
        match part {
            0 => format!("P{time}{whole}{letter}"),
            part if part % 10 == 0 => format!("P{time}{whole}.{}{letter}", part / 10),
            part => format!("P{time}{whole}.{part:02}{letter}"),
        }
    }
}
