package dev.dsync.catalog;

class MemoryCatalogTest extends CatalogContract {

    @Override
    protected CatalogFiles files() {
        MemoryCatalog.Files files = new MemoryCatalog.Files();
        return new CatalogFiles() {
            @Override
            public Catalog open() {
                return new MemoryCatalog(files);
            }

            @Override
            public Catalog openAsAfterCrashOf(Catalog running) {
                return new MemoryCatalog(files);
            }
        };
    }
}
