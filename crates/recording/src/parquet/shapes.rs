//! Which kinds the fields of the format have (`parquet.thrift` of the Apache project), as far as the library reads them.

/// What a field is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// A truth value.
    Truth,
    /// A number of one byte.
    Byte,
    /// A whole number of two, four or eight bytes, all of which are written in one way.
    Whole,
    /// A number of eight bytes.
    Real,
    /// Bytes or text.
    Text,
    /// A list of one form.
    List(&'static Form),
    /// A structure.
    Structure(Shape),
    /// A field that the library does not know, and goes past by the kind that the file gives it.
    Unknown,
}

/// Fields of a structure by their numbers.
pub(super) type Shape = &'static [(i16, Form)];

/// The form of a field.
pub(super) fn form(shape: Shape, id: i16) -> Form {
    shape.iter().find(|(known, _)| *known == id).map_or(Form::Unknown, |(_, form)| *form)
}

impl Form {
    /// Whether it may be written as a kind of the compact protocol.
    pub fn allows(self, kind: u8) -> bool {
        match self {
            Form::Truth => matches!(kind, 1 | 2),
            Form::Byte => kind == 3,
            Form::Whole => matches!(kind, 4..=6),
            Form::Real => kind == 7,
            Form::Text => kind == 8,
            Form::List(_) => matches!(kind, 9 | 10),
            Form::Structure(_) => kind == 12,
            Form::Unknown => true,
        }
    }

    /// The form of what a list holds.
    pub fn element(self) -> Form {
        if let Form::List(element) = self { *element } else { Form::Unknown }
    }

    /// The fields of a structure.
    pub fn shape(self) -> Shape {
        if let Form::Structure(shape) = self { shape } else { &[] }
    }
}

use Form::{Byte, List, Real, Structure, Text, Truth, Whole};

/// `FileMetaData`.
pub(super) const FILE: Shape = &[
    (1, Whole),
    (2, List(&Structure(SCHEMA_ELEMENT))),
    (3, Whole),
    (4, List(&Structure(ROW_GROUP))),
    (5, List(&Structure(KEY_VALUE))),
    (6, Text),
    (7, List(&Structure(&[(1, EMPTY)]))),
];

/// `PageHeader`.
pub(super) const PAGE: Shape = &[
    (1, Whole),
    (2, Whole),
    (3, Whole),
    (4, Whole),
    (5, Structure(&[(1, Whole), (2, Whole), (3, Whole), (4, Whole), (5, Structure(STATISTICS))])),
    (6, EMPTY),
    (7, Structure(&[(1, Whole), (2, Whole), (3, Truth)])),
    (8, Structure(PAGE_OF_VERSION_2)),
];

const EMPTY: Form = Structure(&[]);
const KEY_VALUE: Shape = &[(1, Text), (2, Text)];
const PAGE_OF_VERSION_2: Shape = &[
    (1, Whole),
    (2, Whole),
    (3, Whole),
    (4, Whole),
    (5, Whole),
    (6, Whole),
    (7, Truth),
    (8, Structure(STATISTICS)),
];
const SCHEMA_ELEMENT: Shape = &[
    (1, Whole),
    (2, Whole),
    (3, Whole),
    (4, Text),
    (5, Whole),
    (6, Whole),
    (7, Whole),
    (8, Whole),
    (9, Whole),
    (10, Structure(LOGICAL_TYPE)),
];
const TIME: Form = Structure(&[(1, Truth), (2, Structure(&[(1, EMPTY), (2, EMPTY), (3, EMPTY)]))]);
const LOGICAL_TYPE: Shape = &[
    (1, EMPTY),
    (2, EMPTY),
    (3, EMPTY),
    (4, EMPTY),
    (5, Structure(&[(1, Whole), (2, Whole)])),
    (6, EMPTY),
    (7, TIME),
    (8, TIME),
    (10, Structure(&[(1, Byte), (2, Truth)])),
    (11, EMPTY),
    (12, EMPTY),
    (13, EMPTY),
    (14, EMPTY),
    (15, EMPTY),
    (16, Structure(&[(1, Byte)])),
    (17, Structure(&[(1, Text)])),
    (18, Structure(&[(1, Text), (2, Whole)])),
];
const ROW_GROUP: Shape = &[
    (1, List(&Structure(COLUMN_CHUNK))),
    (2, Whole),
    (3, Whole),
    (4, List(&Structure(&[(1, Whole), (2, Truth), (3, Truth)]))),
    (5, Whole),
    (6, Whole),
    (7, Whole),
];
const COLUMN_CHUNK: Shape =
    &[(1, Text), (2, Whole), (3, Structure(COLUMN)), (4, Whole), (5, Whole), (6, Whole), (7, Whole)];
const COLUMN: Shape = &[
    (1, Whole),
    (2, List(&Whole)),
    (3, List(&Text)),
    (4, Whole),
    (5, Whole),
    (6, Whole),
    (7, Whole),
    (8, List(&Structure(KEY_VALUE))),
    (9, Whole),
    (10, Whole),
    (11, Whole),
    (12, Structure(STATISTICS)),
    (13, List(&Structure(&[(1, Whole), (2, Whole), (3, Whole)]))),
    (14, Whole),
    (15, Whole),
    (16, Structure(&[(1, Whole), (2, List(&Whole)), (3, List(&Whole))])),
    (17, Structure(&[(1, Structure(BOX)), (2, List(&Whole))])),
];
const BOX: Shape = &[(1, Real), (2, Real), (3, Real), (4, Real), (5, Real), (6, Real), (7, Real), (8, Real)];
const STATISTICS: Shape =
    &[(1, Text), (2, Text), (3, Whole), (4, Whole), (5, Text), (6, Text), (7, Truth), (8, Truth), (9, Whole)];
