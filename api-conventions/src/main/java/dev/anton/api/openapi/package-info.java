/** What the API description says about every endpoint alike. */
@NullMarked
package dev.anton.api.openapi;

import org.jspecify.annotations.NullMarked;
