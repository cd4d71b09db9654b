using System.Text.Json;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>How the status of a task follows from its media entries.</summary>
public class TaskStateTests
{
    [Theory]
    [InlineData("""{"resource_status":0,"status":"processing"}""", "working")]
    [InlineData("""{"resource_status":0,"status":"failed","url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":null,"url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":"","url":"https://a.example/1"}""", "working")]
    [InlineData("""{"url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":"done","url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":1.5,"url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":true,"url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":4,"url":"https://a.example/1"}""", "working")]
    [InlineData("""{"resource_status":1,"url":""}""", "working")]
    [InlineData("""{"resource_status":1,"url":null}""", "working")]
    [InlineData("""{"resource_status":1,"url":"/relative.png"}""", "working")]
    [InlineData("""{"resource_status":1,"url":"file:///etc/passwd"}""", "working")]
    [InlineData("""{"resource_status":1,"url":"","preview_url":"https://a.example/1"}""", "working")]
    [InlineData("null", "working")]
    [InlineData("""{"resource_status":1,"url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":"1","url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":" 1","url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":1.0,"url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":1,"status":null,"url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":1,"status":"weird","url":"https://a.example/1"}""", "https://a.example/1")]
    [InlineData("""{"resource_status":1,"url":"","watermark_url":"https://a.example/w"}""", "https://a.example/w")]
    [InlineData("""{"resource_status":1,"url":"http://a.example/1"}""", "http://a.example/1")]
    [InlineData("""{"resource_status":1,"status":" FAILED ","url":"https://a.example/1","remark":"withheld"}""", "failed: withheld")]
    [InlineData("""{"resource_status":2,"error_msg":"no","remark":"moderation"}""", "failed: no")]
    [InlineData("""{"resource_status":2,"error_msg":"","remark":"moderation"}""", "failed: moderation")]
    [InlineData("""{"resource_status":"2"}""", "failed: The service gave no reason.")]
    [InlineData("""{"resource_status":3,"status":"success","url":"https://a.example/1"}""", "deleted: The image was deleted.")]
    public void Media_state_follows_the_table(string media, string expected)
    {
        var state = Read($$"""{"medias":[{{media}}]}""");

        var observed = state.Images.Select(image => image.Url.OriginalString)
            .Concat(state.Failures.Select(failure => (failure.IsDeleted ? "deleted: " : "failed: ") + failure.Reason))
            .Concat(Enumerable.Repeat("working", state.Pending));
        Assert.Equal([expected], observed);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"medias":[]}""")]
    [InlineData("""{"medias":null}""")]
    [InlineData("""{"medias":"x"}""")]
    [InlineData("""[1]""")]
    public void Without_media_entries_the_task_is_not_finished(string data) => Assert.False(Read(data).IsOver);

    [Fact]
    public void Task_is_finished_when_every_media_entry_is()
    {
        const string Ready = """{"resource_status":1,"url":"https://a.example/1"}""";
        Assert.False(Read($$"""{"medias":[{{Ready}},{"resource_status":0}]}""").IsOver);
        Assert.True(Read($$"""{"medias":[{{Ready}},{"resource_status":2}]}""").IsOver);
        Assert.True(Read("""{"medias":[{"resource_status":3}]}""").IsOver);
    }

    [Theory]
    [InlineData("https://a.example/1", true)]
    [InlineData("http://a.example/1", false)]
    public void Plain_http_is_marked(string address, bool isSecure) =>
        Assert.Equal(isSecure, Assert.Single(Read($$"""{"medias":[{"resource_status":1,"url":"{{address}}"}]}""").Images).IsSecure);

    [Fact]
    public void Reported_size_and_format_are_read_when_they_can_be()
    {
        var state = Read("""
            {"medias":[
              {"resource_status":1,"url":"https://a.example/1","width":"1024","height":768.0,"format":"png","cover_url":"https://a.example/c"},
              {"resource_status":1,"url":"https://a.example/2","width":0,"height":[],"format":""}]}
            """);

        Assert.Equal(
            (1024, 768, "png", "https://a.example/c"),
            (state.Images[0].Width, state.Images[0].Height, state.Images[0].Format, state.Images[0].CoverUrl?.OriginalString));
        Assert.Equal(
            (null, null, null, null),
            (state.Images[1].Width, state.Images[1].Height, state.Images[1].Format, state.Images[1].CoverUrl?.OriginalString));
    }

    private static TaskState Read(string data)
    {
        using var document = JsonDocument.Parse(data);
        return TaskState.Read(document.RootElement);
    }
}
