/// Classes that TeaVM's class library lacks, and substitutes for the threads and the limit on
/// memory of `firmware`.
///
/// [Substitutions][igdrom.web.jdk.Substitutions] tells TeaVM to take `java.util.HexFormat` from
/// `igdrom.web.jdk.java.util.HexFormat`, and so on. The classes have the methods that the rooms
/// need and no others; tests compare each with the JDK's own. When a room begins to use another
/// method, the build of the page fails and names it: add it here, with a test.
///
/// Not here: anything that TeaVM's class library has.
@NullMarked
package igdrom.web.jdk;

import org.jspecify.annotations.NullMarked;
