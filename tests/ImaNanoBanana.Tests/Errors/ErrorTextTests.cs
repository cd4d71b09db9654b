namespace ImaNanoBanana.Tests.Errors;

public class ErrorTextTests
{
    [Theory]
    [InlineData("cannot fetch https://a.example/1.png?Expires=1&Signature=x%2By (403)", "cannot fetch https://a.example/1.png?... (403)")]
    [InlineData("'http://a.example/1.png?sig=x' and \"b/2.png?sig=y\"", "'http://a.example/1.png?...' and \"b/2.png?...\"")]
    [InlineData("What is size? Use one of size=1K, size=2K", "What is size? Use one of size=1K, size=2K")]
    [InlineData("one\r\n\ttwo", "one two")]
    public void Words_of_the_service_are_quoted_without_queries_of_addresses(string message, string expected) =>
        Assert.Equal(expected, ErrorText.Bounded(message));

    [Fact]
    public void Words_of_the_service_are_cut_off_where_nobody_reads_on() =>
        Assert.Equal(new string('a', 300) + "...", ErrorText.Bounded(new string('a', 301)));
}
