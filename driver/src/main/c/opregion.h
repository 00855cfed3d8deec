/* The OpRegion: what is valid, how much memory it takes, where its VBT is. Pure. */
#pragma once

#include "base.h"

#define OPREGION_SIZE 0x2000U
/* More than any real one (8 KiB and a VBT of at most 64 KiB); what says it is larger is broken. */
#define OPREGION_MAX (256U * KIB)

typedef enum RvdaKind {
        RVDA_NONE,     /* not used: the VBT is in mailbox 4 */
        RVDA_RELATIVE, /* from the start of the OpRegion (2.1 and later) */
        RVDA_ABSOLUTE, /* a physical address (2.0) */
} RvdaKind;

/* What the header and RVDA say; nothing beyond the first 8 KiB has been looked at. */
typedef struct OpRegionShape {
        RvdaKind rvda;
        uint64_t vbt_address; /* RVDA as it stands */
        uint32_t vbt_size;    /* RVDS */
} OpRegionShape;

/* How the bytes of a file become an OpRegion in memory. */
typedef struct OpRegionPlan {
        size_t extent;      /* how many bytes of the file to copy */
        uint64_t rvda;      /* what RVDA of the copy becomes, 0 for none */
        uint32_t rvds;
        bool rewritten;     /* 2.0 with an absolute address becomes 2.1 with a relative one */
        bool cleared;       /* RVDA led nowhere and is taken out */
} OpRegionPlan;

/* Whether an OpRegion starts at bytes, of which there are at least OPREGION_SIZE. */
bool opregion_shape(const uint8_t *bytes, OpRegionShape *ret_shape);

/*
 * How much memory from its start on a preset OpRegion takes, an RVDA that leads behind it included. An absolute one is not:
 * the caller judges [vbt_address, vbt_address + vbt_size) by itself. False when RVDA leads too far away or to too much.
 */
bool opregion_extent(const OpRegionShape *shape, size_t *ret_extent);

/* What to make of a file's bytes; false when they are no OpRegion. */
bool opregion_plan(const uint8_t *bytes, size_t size, OpRegionPlan *ret_plan);

/* Writes RVDA, RVDS and the version of the plan into a copy of at least OPREGION_SIZE bytes. */
void opregion_settle(uint8_t *copy, const OpRegionPlan *plan);

/* Where the VBT is among the bytes of an OpRegion with a relative RVDA or none. */
bool opregion_locate_vbt(const uint8_t *bytes, size_t size, size_t *ret_offset, size_t *ret_size);
