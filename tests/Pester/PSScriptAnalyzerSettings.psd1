# What PSScriptAnalyzer is asked about the scripts of this repository, and why some rules are left out.
@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Pester's blocks hand variables on in a way that the rules do not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # A script's parameter that one of its functions uses counts as unused.
        'PSReviewUnusedParameter'
        # Variables of a script block's own param() count as forgotten $using:.
        'PSUseUsingScopeModifierInNewRunspaces'
        # The functions of tests make and remove what they like, are called with arguments in order, and stand in for what takes long.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSAvoidUsingPositionalParameters'
        'PSAvoidOverwritingBuiltInCmdlets'
        # The secrets of tests are none.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # build.ps1 tells people how far it is.
        'PSAvoidUsingWriteHost'
    )
}
