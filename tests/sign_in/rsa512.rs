//! An RSA key of 512 bits, as providers had thirty years ago. No library signs with one any more, so the arithmetic
//! stands here, as plain as it can be.

use ring::digest::{SHA256, digest};

/// The modulus.
const N: &str = "ab175a4c122374fa00945e5620bf4d5b6143ad6a204acaf871790ffaaa5f62a0\
                 63b90fd378367520dea2c378e71137cd3d1be875ceaa0ee3257e86694ab6a997";

/// The private exponent.
const D: &str = "282cb2a25c3c0132d741ffa8dfc5ac07821e5f3125660aa52e180c5d82f624f5\
                 3c23c88d81f25211bedfb6cd95f08dc933c14d9fcf0bf24511dec8c22d42d821";

/// What PKCS #1 puts before a SHA-256.
const PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0, 0x04,
    0x20,
];

/// 512 bits, the lowest first.
type Number = [u64; 8];

/// The modulus as it is published.
pub(crate) fn modulus() -> Vec<u8> {
    bytes(&number(N))
}

/// Signs with PKCS #1 v1.5 and SHA-256.
pub(crate) fn sign(message: &[u8]) -> Vec<u8> {
    let mut padded = vec![0, 1];
    padded.resize(64 - 1 - PREFIX.len() - 32, 0xff);
    padded.push(0);
    padded.extend(PREFIX);
    padded.extend(digest(&SHA256, message).as_ref());
    let text: String = padded.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes(&power(&number(&text), &number(D), &number(N)))
}

fn number(hex: &str) -> Number {
    std::array::from_fn(|limb| {
        u64::from_str_radix(hex.get(112 - 16 * limb..128 - 16 * limb).unwrap(), 16).unwrap()
    })
}

fn bytes(number: &Number) -> Vec<u8> {
    number.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect()
}

fn power(base: &Number, exponent: &Number, modulus: &Number) -> Number {
    let mut result = [1, 0, 0, 0, 0, 0, 0, 0];
    for bit in (0..512).rev() {
        result = product(&result, &result, modulus);
        if has_bit(exponent, bit) {
            result = product(&result, base, modulus);
        }
    }
    result
}

/// Both factors are below the modulus.
fn product(left: &Number, right: &Number, modulus: &Number) -> Number {
    let mut result = [0; 8];
    for bit in (0..512).rev() {
        result = sum(&result, &result, modulus);
        if has_bit(right, bit) {
            result = sum(&result, left, modulus);
        }
    }
    result
}

fn sum(left: &Number, right: &Number, modulus: &Number) -> Number {
    let (mut result, mut carry) = ([0; 8], false);
    for limb in 0..8 {
        let (half, over) = left[limb].overflowing_add(right[limb]);
        let (whole, again) = half.overflowing_add(u64::from(carry));
        (result[limb], carry) = (whole, over || again);
    }
    let below = result.iter().rev().lt(modulus.iter().rev());
    if below && !carry { result } else { difference(&result, modulus) }
}

fn difference(left: &Number, right: &Number) -> Number {
    let (mut result, mut borrow) = ([0; 8], false);
    for limb in 0..8 {
        let (half, under) = left[limb].overflowing_sub(right[limb]);
        let (whole, again) = half.overflowing_sub(u64::from(borrow));
        (result[limb], borrow) = (whole, under || again);
    }
    result
}

fn has_bit(number: &Number, bit: usize) -> bool {
    number[bit / 64] >> (bit % 64) & 1 == 1
}

#[test]
fn the_arithmetic_is_that_of_rsa() {
    let message = [0x1234_5678_9abc_def0, 7, 0, 0, 0, 0, 0, 0];
    let (modulus, public) = (number(N), [65537, 0, 0, 0, 0, 0, 0, 0]);
    let signed = power(&message, &number(D), &modulus);
    assert_ne!(signed, message);
    assert_eq!(power(&signed, &public, &modulus), message);
}
