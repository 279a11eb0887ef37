from django.urls import path

from articles import feeds, mistake_views, search_views, views

app_name = "articles"

urlpatterns = [
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>.json", views.article_json, name="article_json"),
    path("oembed/", views.oembed, name="oembed"),
    path("articles/<int:pk>/pinyin.json", views.article_pinyin, name="article_pinyin"),
    path("articles/<int:pk>/mistake/", mistake_views.mistake, name="mistake"),
    path("mistakes/<str:token>/", mistake_views.mistake_report, name="mistake_report"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("contributors/<int:pk>/", views.contributor, name="contributor"),
    path("search/", search_views.search, name="search"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<form:form>.xml", feeds.feed(feeds.StoryFeed), name="feed"),
    path(
        "feeds/sections/<slug:slug>/<form:form>.xml",
        feeds.feed(feeds.SectionFeed),
        name="section_feed",
    ),
    path(
        "feeds/communities/<slug:slug>/<form:form>.xml",
        feeds.feed(feeds.CommunityFeed),
        name="community_feed",
    ),
    path(
        "feeds/contributors/<int:pk>/<form:form>.xml",
        feeds.feed(feeds.ContributorFeed),
        name="contributor_feed",
    ),
    path("feeds/tags/<slug:slug>/<form:form>.xml", feeds.feed(feeds.TagFeed), name="tag_feed"),
]
