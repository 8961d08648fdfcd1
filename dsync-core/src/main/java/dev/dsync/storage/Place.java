package dev.dsync.storage;

/**
 * Where a target lies, from the widest circle to the narrowest: what fails together and what waits together.
 *
 * @param service the service or machine that keeps the blobs, for example {@code discord} or {@code file}
 * @param account what is lost together when access ends: a guild, a bucket's account, a folder's file system
 * @param lane what shares one rate limit or one spindle, and is therefore used by one request at a time
 */
public record Place(String service, String account, String lane) {}
