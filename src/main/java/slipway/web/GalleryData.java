package slipway.web;

import slipway.photo.Albums;
import slipway.photo.Neighbours;
import slipway.photo.PhotoLists;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.TagLists;
import slipway.photo.ViewCounts;
import slipway.photo.user.Users;

/** The lists from which the gallery's pages are made. */
public record GalleryData(
    Photos photos,
    PhotoLists lists,
    Neighbours neighbours,
    Albums albums,
    Users users,
    TagLists tags,
    RenditionQueue renditions,
    ViewCounts views) {}
