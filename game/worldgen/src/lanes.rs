//! One source for every instruction set.
//!
//! A kernel is plain Rust over slices: additions, multiplications, comparisons, in a fixed order for each point. The
//! compiler turns its loops into vector instructions, and this module compiles each kernel twice: for the processor that
//! the program was built for (SSE2, or simd128 where wasm was built with it), and for AVX2, chosen at run time.
//!
//! Both give the same bits, because no lane looks at another one, vector additions and multiplications round exactly as
//! scalar ones do, and Rust never fuses the two. `fma` is not even among the features asked for.
//!
//! What would break it: a reduction over floats inside a kernel, whose order the compiler would have to keep anyway.

/// A loop worth compiling for wider vectors.
///
/// Mark the implementation's `run` with `#[inline(always)]`: only what is inlined is compiled for the wider vectors.
pub(crate) trait Kernel {
    fn run(self);
}

/// Which instructions kernels run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lanes {
    avx2: bool,
}

impl Lanes {
    /// The widest that this processor has.
    pub(crate) fn widest() -> Self {
        #[cfg(target_arch = "x86_64")]
        let avx2 = std::arch::is_x86_feature_detected!("avx2");
        #[cfg(not(target_arch = "x86_64"))]
        let avx2 = false;
        Self { avx2 }
    }

    /// What the program was built for, and nothing more.
    pub(crate) const fn baseline() -> Self {
        Self { avx2: false }
    }

    #[inline]
    pub(crate) fn run(self, kernel: impl Kernel) {
        #[cfg(target_arch = "x86_64")]
        if self.avx2 {
            #[expect(unsafe_code, reason = "calling what needs AVX2 is only sound where it was detected")]
            // SAFETY: `avx2` is only ever true where `widest` has seen that the processor has it.
            return unsafe { with_avx2(kernel) };
        }
        kernel.run();
    }
}

/// How many points kernels take at once: what AVX2 holds, and what two of SSE2's or simd128's registers hold. A loop over so
/// many, known when it is compiled, becomes vector instructions without a rest.
pub(crate) const BLOCK: usize = 8;

/// The `N` numbers of a list from `at` on: a block or a few.
#[inline(always)]
pub(crate) fn block<T, const N: usize>(of: &[T], at: usize) -> &[T; N] {
    of[at..].first_chunk().expect("lists go on for a block beyond their last point")
}

/// The same, to write into.
#[inline(always)]
pub(crate) fn block_mut<T, const N: usize>(of: &mut [T], at: usize) -> &mut [T; N] {
    of[at..].first_chunk_mut().expect("lists go on for a block beyond their last point")
}

/// The whole number nearest to one within ±2²², of equals the even one; what is no number gives some number.
///
/// A cast would round towards 0 and look at every special case, one lane after the other. Adding 1.5 · 2²³ leaves no room for
/// a fraction, so the processor rounds, exactly and in all lanes at once.
#[inline(always)]
pub(crate) const fn nearest(value: f32) -> i32 {
    ((value + 12_582_912.0).to_bits() as i32).wrapping_sub(0x4b40_0000)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(kernel: impl Kernel) {
    kernel.run();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        for (value, whole) in [
            (0.0, 0),
            (-0.0, 0),
            (0.49, 0),
            (0.5, 0),
            (1.5, 2),
            (-0.51, -1),
            (4_194_303.0, 4_194_303),
            (-4e6, -4_000_000),
        ] {
            assert_eq!(nearest(value), whole, "{value}");
        }
    }
}
