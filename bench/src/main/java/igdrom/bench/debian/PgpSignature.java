package igdrom.bench.debian;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Place;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One signature over a text, of the only kind that is trusted here: version 4, RSA, SHA-2, with
/// the signer's whole fingerprint among what it signs.
///
/// Spec: RFC 9580, "Version 4 and 6 Signature Packet Formats".
///
/// @param hash the algorithm, as Java names it
/// @param signer the fingerprint, 40 upper-case digits
/// @param created in seconds since 1970
/// @param trailer what is hashed after the text
/// @param value the RSA signature, without leading zeros
public record PgpSignature(String hash, String signer, long created, Image trailer, Image value) {
    private static final int PACKET_SIGNATURE = 2;
    private static final int TYPE_TEXT = 1;
    private static final int RSA = 1;
    private static final int CREATED = 2;
    private static final int ISSUER_FINGERPRINT = 33;
    private static final int CRITICAL = 0x80;

    /// All signatures in a run of packets. Those of another kind vouch for nothing and are left
    /// out.
    static List<PgpSignature> readAll(Image packets, Place place) {
        Cursor in = new Cursor(packets, place);
        List<PgpSignature> all = new ArrayList<>();
        while (in.remaining() > 0) {
            long at = in.position();
            int tag = in.u8("Packet Type ID");
            if ((tag & 0x80) == 0) {
                throw in.malformed(
                        at, "Packet Type ID has bit 7 clear (RFC 9580, \"Packet Headers\")");
            }
            boolean old = (tag & 0x40) == 0;
            long size = old ? oldSize(in, tag & 3) : newSize(in);
            Place inner = place.in("packet", at);
            Image body = in.image("Packet body", size);
            if ((old ? tag >> 2 & 0xf : tag & 0x3f) == PACKET_SIGNATURE) {
                read(new Cursor(body, inner), all);
            }
        }
        return all;
    }

    private static long oldSize(Cursor in, int kind) {
        return switch (kind) {
            case 0 -> in.u8("Packet length");
            case 1 -> big(in, 2, "Packet length");
            case 2 -> big(in, 4, "Packet length");
            default -> throw in.malformed("the packet's length is not given");
        };
    }

    private static long newSize(Cursor in) {
        int first = in.u8("Packet length");
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192L) << 8) + in.u8("Packet length") + 192;
        }
        if (first == 255) {
            return big(in, 4, "Packet length");
        }
        throw in.malformed("the packet's length is given in parts");
    }

    private static void read(Cursor in, List<PgpSignature> all) {
        int version = in.u8("Version");
        if (version != 4) {
            return;
        }
        int type = in.u8("Signature Type");
        int algorithm = in.u8("Public-Key Algorithm");
        String hash = hash(in.u8("Hash Algorithm"));
        Subpackets hashed = Subpackets.read(in, big(in, 2, "Hashed subpackets' size"));
        Image covered = in.image().slice(0, in.position());
        in.skip("Unhashed subpackets", big(in, 2, "Unhashed subpackets' size"));
        in.skip("Left 16 bits of the hash", 2);
        if (type != TYPE_TEXT || algorithm != RSA || hash.isEmpty() || !hashed.understood()) {
            return;
        }
        Image value = in.image("RSA signature", (big(in, 2, "RSA signature's bits") + 7) / 8);
        Emitter trailer = new Emitter().image(covered).u8(4).u8(0xff);
        for (int shift = 24; shift >= 0; shift -= 8) {
            trailer.u8((int) (covered.size() >> shift) & 0xff);
        }
        all.add(
                new PgpSignature(
                        hash, hashed.signer(), hashed.created(), trailer.toImage(), value));
    }

    /// Spec: RFC 9580, "Hash Algorithms". SHA-1 and what is older counts for nothing.
    private static String hash(int id) {
        return switch (id) {
            case 8 -> "SHA256";
            case 9 -> "SHA384";
            case 10 -> "SHA512";
            default -> "";
        };
    }

    /// OpenPGP's numbers are big-endian.
    private static long big(Cursor in, int bytes, String field) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | in.u8(field);
        }
        return value;
    }

    /// What the signer says about the signature.
    ///
    /// @param understood whether nothing in it is both critical and unknown here, and nothing we
    ///   need is missing
    private record Subpackets(String signer, long created, boolean understood) {
        /// Spec: RFC 9580, "Signature Subpacket Specification".
        static Subpackets read(Cursor in, long size) {
            long end = in.position() + size;
            String signer = "";
            long created = -1;
            boolean understood = true;
            Cursor area =
                    new Cursor(
                            in.image("Hashed subpackets", size),
                            in.place().in("hashed", end - size));
            while (area.remaining() > 0) {
                long at = area.position();
                long length = subpacketSize(area);
                if (length == 0) {
                    throw area.malformed(at, "Subpacket length is 0, its type counts");
                }
                int type = area.u8("Subpacket type");
                Cursor body =
                        new Cursor(
                                area.image("Subpacket", length - 1),
                                area.place().in("subpacket", at));
                switch (type & ~CRITICAL) {
                    case CREATED -> created = big(body, 4, "Signature creation time");
                    case ISSUER_FINGERPRINT -> {
                        if (body.u8("Key version") == 4) {
                            signer = hex(body.image("Issuer fingerprint", 20));
                        }
                    }
                    default -> understood &= (type & CRITICAL) == 0;
                }
            }
            return new Subpackets(signer, created, understood && created >= 0 && !signer.isEmpty());
        }

        private static long subpacketSize(Cursor in) {
            int first = in.u8("Subpacket length");
            if (first < 192) {
                return first;
            }
            return first == 255
                    ? big(in, 4, "Subpacket length")
                    : ((first - 192L) << 8) + in.u8("Subpacket length") + 192;
        }

        private static String hex(Image bytes) {
            return HexFormat.of().withUpperCase().formatHex(bytes.toByteArray());
        }
    }
}
