using Xunit;

namespace VrrpPS.Service.Tests.EndToEnd;

/// <summary>The end-to-end tests share two hosts, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<NamespaceFixture>
{
    public const string Name = "end to end";
}
