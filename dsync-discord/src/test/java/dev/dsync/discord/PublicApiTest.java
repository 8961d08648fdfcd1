package dev.dsync.discord;

import dev.dsync.architecture.PublicApiContract;

class PublicApiTest extends PublicApiContract {}
