<?php echo extension_loaded("zip") ? "zip" : "no zip";
