<?php
// Loads the generated client in GENERATED_CLIENT, with Guzzle as the distribution has it.
foreach (['curl', 'json', 'mbstring'] as $extension) {
    if (!extension_loaded($extension)) {
        exit(1);
    }
}
require_once 'GuzzleHttp/autoload.php';

spl_autoload_register(function (string $class): void {
    $prefix = 'OpenAPI\\Client\\';
    if (str_starts_with($class, $prefix)) {
        $name = str_replace('\\', '/', substr($class, strlen($prefix)));
        require getenv('GENERATED_CLIENT') . "/lib/$name.php";
    }
});
