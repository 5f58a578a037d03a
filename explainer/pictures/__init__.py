"""Pictures as numbers: the bundled set, readers for visitors' files, pictures as columns of X and back."""

from explainer.pictures.columns import SIDE, reduced, to_columns, to_pictures
from explainer.pictures.course import CourseFile, load_course_file, read_course_file
from explainer.pictures.files import PictureError, load_picture, to_png
from explainer.pictures.sets import HELD_OUT_FAMILIES, MAX_PICTURES, SOURCES, PictureSet, bundled
from explainer.pictures.zips import LeftOut, ZipPictures, load_zip

__all__ = [
    "HELD_OUT_FAMILIES",
    "MAX_PICTURES",
    "SIDE",
    "SOURCES",
    "CourseFile",
    "LeftOut",
    "PictureError",
    "PictureSet",
    "ZipPictures",
    "bundled",
    "load_course_file",
    "load_picture",
    "load_zip",
    "read_course_file",
    "reduced",
    "to_columns",
    "to_pictures",
    "to_png",
]
