"""Every address, with the register of proceedings under its tab."""

from rapid_reviews.urls_proceedings import urlpatterns as proceedings
from tests.rapid_reviews.every_address import urlpatterns as every

urlpatterns = [*proceedings, *every]
