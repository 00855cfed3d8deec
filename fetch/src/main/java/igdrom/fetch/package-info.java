/// A client of Debian's archive: fetches programs and extracts them into igdrom's own directory.
/// Nothing is installed, and root is not needed.
///
/// Enter at [igdrom.fetch.Fetcher], which fetches, and [igdrom.fetch.Store], which finds what was
/// fetched:
///
/// ```java
/// Bundle bundle =
///         new Bundle(
///                 "ovmf",
///                 List.of(),
///                 List.of("ovmf"),
///                 path -> path.startsWith("usr/share/OVMF/"),
///                 100_000_000,
///                 (directory, packages) -> packages.getFirst().version().text());
/// Environment environment = Environment.ofMachine();
/// Fetcher.of(environment, List.of("trixie"), listener).fetch(List.of(bundle), "");
/// Path code = new Store(environment.directory()).find("ovmf").orElseThrow().directory();
/// ```
///
/// The chain of trust: pinned keys ([igdrom.fetch.Keyring]) verify a suite's `InRelease`, which
/// lists the SHA-256 of the package index, which lists the SHA-256 of each `.deb`. Bouncy Castle
/// reads keys and signatures, Commons Compress reads `ar` and `tar`; the policy, what is accepted
/// and what is refused, is in this package.
///
/// Spec: Debian Policy 4.7; deb(5) and deb822(5) of dpkg 1.22; DebianRepository/Format in Debian's
/// wiki; RFC 9580 (OpenPGP); sources.list(5) and apt.conf(5) of apt 3.0.
///
/// Not supported: processors other than x86-64, mirrors without HTTP, proxies that require a
/// password; OpenPGP signatures other than version 4, indexes compressed with anything but xz,
/// packages compressed with zstd (Debian has none), pax headers.
@NullMarked
package igdrom.fetch;

import org.jspecify.annotations.NullMarked;
