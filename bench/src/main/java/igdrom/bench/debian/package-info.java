/// Debian's package archive: signed indexes, packages and what they need, and the files in a
/// package. Enough to fetch a program and run it from a folder; nothing is installed.
///
/// Trust goes one way: a [igdrom.bench.debian.Keyring] of pinned keys vouches for the text of an
/// `InRelease`, its [igdrom.bench.debian.Release] for the index of packages, a
/// [igdrom.bench.debian.DebPackage] of that for the `.deb`. Bouncy Castle reads keys and
/// signatures, Commons Compress `ar` and `tar`; what is taken from them and what is refused is
/// decided here.
///
/// Spec: Debian Policy 4.7; deb(5) and deb822(5) of dpkg 1.22; DebianRepository/Format in Debian's
/// wiki; RFC 9580 (OpenPGP).
///
/// Not supported: OpenPGP signatures other than version 4, indexes packed with anything but xz,
/// packages whose files are packed with zstd (Debian has none), pax headers.
@NullMarked
package igdrom.bench.debian;

import org.jspecify.annotations.NullMarked;
