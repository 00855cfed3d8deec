/* Makes the driver take QEMU's edu device, whose config space stores what is written, for a Coffee Lake. */
#define DEVICE_VENDOR 0x1234U
#define DEVICE_CLASS(class) ((class) == 0x00ff)
#define GENERATION_ID(id) ((uint16_t) ((void) (id), 0x3e92))
