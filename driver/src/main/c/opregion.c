#include "opregion.h"

#include "vbt.h"

/* Source: Linux, intel_opregion.c, struct opregion_header and struct opregion_asle. */
typedef struct __attribute__((packed)) OpRegionHeader {
        char signature[16];
        uint32_t size; /* in KiB */
        uint8_t _pad0[2];
        uint8_t minor;
        uint8_t major;
        uint8_t _pad1[0x40];
        uint32_t mailboxes;
        uint8_t _pad2[0x35e];
        uint64_t rvda;
        uint32_t rvds;
} OpRegionHeader;

assert_cc(offsetof(OpRegionHeader, size) == 0x10);
assert_cc(offsetof(OpRegionHeader, minor) == 0x16);
assert_cc(offsetof(OpRegionHeader, major) == 0x17);
assert_cc(offsetof(OpRegionHeader, mailboxes) == 0x58);
assert_cc(offsetof(OpRegionHeader, rvda) == 0x3ba);
assert_cc(offsetof(OpRegionHeader, rvds) == 0x3c2);

#define MAILBOX_SWSCI (1U << 1)
#define MAILBOX_ASLE (1U << 2)
#define MAILBOX_ASLE_EXTENSION (1U << 4)

#define MAILBOX_4 0x400U
#define MAILBOX_5 0x1c00U

static OpRegionHeader header_of(const uint8_t *bytes) {
        OpRegionHeader header;

        memcpy(&header, bytes, sizeof header);
        return header;
}

bool opregion_shape(const uint8_t *bytes, OpRegionShape *ret_shape) {
        OpRegionHeader header = header_of(bytes);
        OpRegionShape shape = {};

        if (memcmp(header.signature, "IntelGraphicsMem", sizeof header.signature) != 0)
                return false;
        if (header.size != OPREGION_SIZE / KIB || header.major == 0)
                return false;

        if (header.major >= 2 && (header.mailboxes & MAILBOX_ASLE) && header.rvda != 0 && header.rvds != 0) {
                shape.rvda = header.major > 2 || header.minor >= 1 ? RVDA_RELATIVE : RVDA_ABSOLUTE;
                shape.vbt_address = header.rvda;
                shape.vbt_size = header.rvds;
        }

        *ret_shape = shape;
        return true;
}

bool opregion_extent(const OpRegionShape *shape, size_t *ret_extent) {
        size_t extent = OPREGION_SIZE;

        if (shape->rvda == RVDA_ABSOLUTE && shape->vbt_size > OPREGION_MAX)
                return false;
        if (shape->rvda == RVDA_RELATIVE) {
                if (!range_ok(shape->vbt_address, shape->vbt_size, OPREGION_MAX))
                        return false;
                size_t end = (size_t) shape->vbt_address + shape->vbt_size;
                if (end > extent)
                        extent = end;
        }

        *ret_extent = extent;
        return true;
}

/* Whether a whole VBT is at this offset of the file. */
static bool vbt_fits(const uint8_t *bytes, size_t size, uint64_t offset, uint32_t length) {
        size_t ignored;

        return range_ok(offset, length, size) && vbt_size(bytes + offset, length, &ignored);
}

bool opregion_plan(const uint8_t *bytes, size_t size, OpRegionPlan *ret_plan) {
        OpRegionPlan plan = { .extent = OPREGION_SIZE };
        OpRegionShape shape;

        if (size < OPREGION_SIZE || size > OPREGION_MAX || !opregion_shape(bytes, &shape))
                return false;

        if (shape.rvda == RVDA_RELATIVE && vbt_fits(bytes, size, shape.vbt_address, shape.vbt_size)) {
                plan.rvda = shape.vbt_address;
                plan.rvds = shape.vbt_size;
                /* Cannot fail: the VBT is inside the file. */
                (void) opregion_extent(&shape, &plan.extent);
        } else if (shape.rvda == RVDA_ABSOLUTE && vbt_fits(bytes, size, OPREGION_SIZE, shape.vbt_size)) {
                /* Source: Linux, vfio_pci_igd.c: the VBT follows the OpRegion, and both together are a 2.1. */
                plan.rvda = OPREGION_SIZE;
                plan.rvds = shape.vbt_size;
                plan.extent = OPREGION_SIZE + shape.vbt_size;
                plan.rewritten = true;
        } else if (shape.rvda != RVDA_NONE)
                /* A guest that followed RVDA would read unrelated memory. */
                plan.cleared = true;

        *ret_plan = plan;
        return true;
}

void opregion_settle(uint8_t *copy, const OpRegionPlan *plan) {
        /* A guest's call would raise an SCI of the host's, and nobody answers it. */
        write_u32(copy + offsetof(OpRegionHeader, mailboxes), header_of(copy).mailboxes & ~MAILBOX_SWSCI);
        if (!plan->rewritten && !plan->cleared)
                return;

        write_u64(copy + offsetof(OpRegionHeader, rvda), plan->rvda);
        write_u32(copy + offsetof(OpRegionHeader, rvds), plan->rvds);
        if (plan->rewritten)
                copy[offsetof(OpRegionHeader, minor)] = 1;
}

bool opregion_locate_vbt(const uint8_t *bytes, size_t size, size_t *ret_offset, size_t *ret_size) {
        OpRegionShape shape;

        if (size < OPREGION_SIZE || !opregion_shape(bytes, &shape))
                return false;

        if (shape.rvda == RVDA_RELATIVE && range_ok(shape.vbt_address, shape.vbt_size, size) &&
            vbt_size(bytes + shape.vbt_address, shape.vbt_size, ret_size)) {
                *ret_offset = (size_t) shape.vbt_address;
                return true;
        }

        /* Source: Linux, intel_opregion.c: without mailbox 5 a long VBT may extend to the end. */
        size_t end = header_of(bytes).mailboxes & MAILBOX_ASLE_EXTENSION ? MAILBOX_5 : OPREGION_SIZE;
        if (!vbt_size(bytes + MAILBOX_4, end - MAILBOX_4, ret_size))
                return false;
        *ret_offset = MAILBOX_4;
        return true;
}
