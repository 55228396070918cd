/** Anton's four services as processes of their boot jars. */
@NullMarked
package dev.anton.stack.service;

import org.jspecify.annotations.NullMarked;
